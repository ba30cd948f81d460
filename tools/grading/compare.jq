# compare.html: pairs of answers that are worth a look. Input: udplab-class/1; $pairs and $parts from
# tools/grading/compare.
include "html";

def median: sort | .[length / 2 | floor];

($parts | split("\u001e") | map(select(. != "") | split("\u001f") | {key: .[0], value: .[1]}) | from_entries) as $part
| ([.students[] | .name as $name | .labs[] | select(.key)
    | {job: "\(.lab).\(.key)", $name, programs: [.programs[].program]}]) as $taken
| ($taken | group_by(.job) | map({key: .[0].job, value: map(.name)}) | from_entries) as $names

# Both ways of a pair are one, by the mean of both. A pair that sim_c does not name has nothing in common.
| ($pairs | split("\n")
    | map(select(. != "") | split("\t")
    | {program: .[0], a: ([.[1], .[2]] | min), b: ([.[1], .[2]] | max), first: (.[1] < .[2]),
    percent: (.[3] | tonumber)})
    | group_by([.program, .a, .b])
        | map({program: .[0].program, a: .[0].a, b: .[0].b, a_in_b: (map(select(.first) | .percent)[0] // 0),
        b_in_a: (map(select(.first | not) | .percent)[0] // 0)}
        | .alike = ((.a_in_b + .b_in_a) / 2 | round))) as $all

| def who: $names[.] | join(", ") | @html;
  def distribution($program): ([$part | keys[] | select(startswith("\($program)/"))] | length) as $n
      | ($n * ($n - 1) / 2) as $count
    | [$all[] | select(.program == $program) | .alike] as $values
    | ($values + [range($count - ($values | length)) | 0]) as $every
    | {count: $count, median: (if $count > 0 then ($every | median) else 0 end),
        bins: [range(10) as $bin | $every | map(select((. / 10 | floor | if . > 9 then 9 else . end) == $bin))
        | length]};
  def histogram: . as $d
      | table(""; [range(10) as $bin | ("\($bin * 10)–\($bin * 10 + if $bin == 9 then 10 else 9 end) %" | td_n)
          + ($d.bins[$bin] | td_n) + ($d.bins[$bin] | bar($d.bins | max) | td)]);
  def part($job): "<pre>\($part["\(.program)/\($job)"] | @html)</pre>";
  def side_by_side:
      ("(\(.a_in_b) % of the first is in the second, \(.b_in_a) % the other way)" | span("quiet")) as $ways
      | "<details><summary>\(.alike) %: \(.a | who) — \(.b | who) \($ways)</summary>"
          + "<div class=\"sides\">\(part(.a))\(part(.b))</div></details>";
  def too_short: if . == 0 then "" else "\(if . == 1 then "1 answer has" else "\(.) answers have" end)"
      + " fewer than \($fewest) lines of their own: too short to compare. " end;
  def worth_a_look($program; $d):
      if $d.count == 0 then ""
      elif $d.median >= 70
          then "Half of all pairs are alike by \($d.median) percent or more: this task leaves little choice, and a "
              + "pair says nothing here." | p
      else [$all[] | select(.program == $program and .alike >= 80)] | sort_by(-.alike) | .[:30]
          | if length == 0 then "No pair is worth a look." | p
              else ("Worth a look, since most pairs are less alike (half of them \($d.median) percent or less):" | p)
                  + (map(side_by_side) | add) end end;
  def program_section($program): distribution($program) as $d
      | ([$short | split("\n")[] | select(. == $program)] | length | too_short) as $without
      | "<h2>\($program | @html)</h2>"
          + ("\($without)Pairs of the others: \($d.count). This is how alike they are:" | p)
          + (if $d.count > 0 then $d | histogram else "" end) + worth_a_look($program; $d);

([($part | keys[] | split("/")[0]), ($short | split("\n")[] | select(. != ""))] | unique) as $programs
| ([$names | to_entries[] | select(.value | length > 1)]) as $same
| page("Answers that are alike"; "<style>
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem } .sides pre { margin: .3rem 0; overflow-x: auto }
@media (max-width: 40rem) { .sides { grid-template-columns: 1fr } } summary { cursor: pointer; margin: .2rem 0 }
</style>
<h1>Answers that are alike</h1>
<p>This page compares what students wrote, without the starter's lines. Names, layout
    and comments make no difference. It accuses nobody. A task of one line has one answer,
    so answers to short tasks are alike by nature; talk with people before you judge.</p>
<h2>The very same file</h2>
\(if ($same | length) == 0 then "No two students handed in the same." | p
    else "<ul>\($same | map("\(.key | split(".")[0] | @html): \(.value | join(", ") | @html)" | li) | add)</ul>" end)
\([$programs[] | program_section(.)] | add // ("No answer is long enough to compare." | p))")
