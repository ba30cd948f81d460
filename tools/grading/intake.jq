# Who handed in what: from the list of all files to udplab-class/1. Nothing is guessed: where it is not clear which file
# is meant, all of them are listed.
#
# Input: {labs: [{lab, programs: [{name, starter}]}], roots: [name], files: [{index, type, size, root, sha, why,
# path}]}. An empty `why` is a file as it should be.

def clean: gsub("[\\p{Cc}\\p{Cf}]"; "?");

# What a learning platform makes of a name: {name, number, rest, platform, late}, or empty.
def of_platform:
    (capture("^(?<name>.+)_(?<number>[0-9]+)_assignsubmission_(file|onlinetext)_?(?<rest>.*)$")
        + {platform: "moodle", late: false})
    // (capture("^(?<name>[\\p{L}\\p{N}.'-]+?)(?<late>_LATE)?_(?<number>[0-9]+)_[0-9]+_(?<rest>.+)$") | .
        + {platform: "canvas", late: (.late != null)})
    // (capture("^submission_(?<number>[0-9]+)$") | .
        + {name: "submission \(.number)", rest: "", platform: "gradescope", late: false});

def is_archive: test("\\.(zip|tar|tgz|tar\\.[a-z0-9]+|7z|rar)$"; "i");
def without_ending: sub("\\.(zip|tar|tgz|tar\\.[a-z0-9]+|7z|rar)$"; ""; "i");

# The program that a file name means: its own name, or what platforms, browsers and file managers make of it.
def escaped: gsub("(?<c>[^A-Za-z0-9])"; "\\\(.c)");
def means($program):
    test("^(copy of )?\($program | escaped)" +
        "([ _-]*(copy|\\([0-9]{1,3}\\)|\\(copy( [0-9]+)?\\)|[0-9]{1,3}))*\\.c(\\.txt)?$"; "i");
def meant($programs): . as $name | first($programs[] | select(. as $program | $name == "\($program).c"))
    // first($programs[] | select(. as $program | $name | means($program))) // null;

# "udpclient_final.c" is nobody's name for a copy, but somebody may have meant it.
def resembles($program): test("\($program | escaped).*\\.c(\\.txt)?$"; "i");

# "ada_udpclient.c" in a folder of all students' files
def with_student($programs):
    . as $name | first($programs[] as $program
        | capture("^(?<name>.+?)[ ._-]+(?<rest>\($program | escaped)[^/]*\\.c)$"; "i")
        | select(.rest | meant($programs) != null)) // null;

# --- whose file it is ---

def tops: map(.parts[0]) | unique;
def looks_like_work($labs; $programs):
    any(.[]; (.parts[0] | IN($labs[], "labs")) or (.parts | length == 1) and (.parts[0] | meant($programs) != null));

# A folder around all the others says nothing.
def unwrapped($labs; $programs):
    if length > 0 and (tops | length == 1) and all(.[]; .parts | length > 1) and (tops[0] | [of_platform] == [])
        and (map(.parts[1]) | unique | length > 1) and (map(.parts |= .[1:]) | looks_like_work($labs; $programs) | not)
    then map(.parts |= .[1:]) | unwrapped($labs; $programs)
    else . end;

# What assignments of GitHub Classroom have in common: "udp-labs-" before each account.
def common_start: if length < 3 then "" else
    . as $names | [range(1; (map(length) | min) + 1) as $n | $names[0][:$n] | select(endswith("-"))
        | select(. as $start | all($names[]; startswith($start) and (.[$n:] | test("^[A-Za-z]"))))] | last // "" end;

def owners($labs; $programs; $root):
    if $one or looks_like_work($labs; $programs) and all(.[]; .parts[0] | [of_platform] == [])
    then map(. + {owner: {name: $root, number: null, platform: "folder", late: false}, inner: .parts})
    else (map(select(.parts | length > 1) | .parts[0]) | unique | common_start) as $start
    | map(.parts[0] as $top | . + (
        [$top | of_platform][0] as $known
        | if $known then {owner: $known, inner: ([$known.rest | select(. != "")] + .parts[1:])}
        elif (.parts | length) > 1 or .from_archive
            then {owner: {name: ($top | without_ending | ltrimstr($start)), number: null,
            platform: (if $start == "" then "folder" else "github" end), late: false}, inner: .parts[1:]}
        else [$top | with_student($programs)][0] as $flat
        | if $flat then {owner: {name: $flat.name, number: null, platform: "folder", late: false}, inner: [$flat.rest]}
        else {owner: null, inner: .parts} end end))
    end;

# --- what is taken ---

def ignored: any(.inner[:-1][]; IN("tests", "build", "solutions")) or (.inner[-1] // "" | startswith("._"));

# --labs may have left out the lab for which it was written.
def is_of_another_lab: .inner[-1] // "" | meant($known | split(" ")) != null;

# Of one program: the file that is taken, or why none is. Copies of one content are one, and a starter that lies beside
# an answer is only the starter. Where no name means the program, those that resemble it are listed.
def chosen($program; $starter):
    map(select(.type == "f" and .why == "")) as $files
    | ($files | map(select(.program == $program)) | group_by(.sha)
        | if length > 1 then map(select(.[0].sha != $starter)) else . end) as $contents
    | ($files | map(select(.program == null and (ignored | not) and .sha != $starter
        and (.inner[-1] // "" | resembles($program))))) as $similar
    | if ($contents | length) == 0 and ($similar | length) > 0
        then {$program, state: "ambiguous", candidates: ($similar | map(.shown))}
    elif ($contents | length) == 0 then {$program, state: "missing"}
    elif ($contents | length) == 1 then ($contents[0] | min_by([(.inner[-1] != "\($program).c"), (.inner | length)]))
        as $file
        | {$program, state: "taken", index: $file.index, sha: $file.sha, from: $file.shown}
    else {$program, state: "ambiguous", candidates: ($contents | map(.[0].shown))} end;

def labs_of($labs; $programs):
    map(. + {program: (if ignored then null else (.inner[-1] // "" | meant($programs)) end)}) as $files
    | {labs: [$labs[] | . as $lab
        | [.programs[] | . as $p | $files | chosen($p.name; $p.starter)] as $of
        | {lab: .lab, programs: $of, state:
            (if all($of[]; .state == "missing")
                then (if any($files[]; .type == "damaged") then "damaged" else "missing" end)
            elif any($of[]; .state == "ambiguous") then "ambiguous" else "taken" end)}]}
    | . as $taken | . + {left: ($files
        | map(select(.index as $i | all($taken.labs[].programs[]; .index != $i)) | {path: .shown, why:
        (if .why != "" then .why elif .type != "f" or (.shown | endswith(" (not a regular file)"))
            then "not a regular file" elif ignored then "not a student's file"
            elif .program == null then "no lab asks for it" else "another copy" end)}))}
    | if all(.labs[]; .state == "missing") and any($files[]; ignored or is_of_another_lab | not)
        then .labs[].state = "unnamed" else . end;

# --- names for files ---

def slug:
    ascii_downcase | gsub("[äàáâãåÄÀÁÂÃÅ]"; "a") | gsub("[öòóôõøÖØÓ]"; "o") | gsub("[üùúûÜ]"; "u")
    | gsub("[éèêëÉ]"; "e") | gsub("[íìîïÍ]"; "i") | gsub("[ñÑ]"; "n") | gsub("[çÇčć]"; "c")
    | gsub("ß"; "ss") | gsub("[łŁ]"; "l") | gsub("[šśŠŚ]"; "s") | gsub("[žźŽ]"; "z")
    | gsub("[^a-z0-9]+"; "-") | gsub("^-|-$"; "") | .[:40];

def with_ids:
    map(. + {id: ((.name | slug) as $slug
        | [$slug, .number | select(. != null and . != "" and ($slug | endswith("-\(. // "")") | not))] | join("-")
        | if . == "" then "student" else . end)})
    | group_by(.id) | map(to_entries | map(.key as $n | .value | if $n > 0 then .id += "--\($n + 1)" else . end)) | add
        // [];

# Gradescope's export says who is behind a number, and when it came in.
def gradescope_times:
    split("\n") | reduce .[] as $line ({key: null, all: {}};
        if ($line | test("^submission_[0-9]+:")) then .key = ($line | capture("^submission_(?<n>[0-9]+)").n)
            | .all[.key] = {}
        elif .key == null then .
        elif ($line | test(":name:"))
            then .all[.key].name = ([.all[.key].name, ($line | sub("^.*:name: *"; ""))] | map(select(. != null))
            | join(", "))
        elif ($line | test(":created_at:"))
            then .all[.key].submitted = ($line | capture("created_at: *(?<day>[0-9-]{10})[T ](?<time>[0-9:]{8})")
            | "\(.day)T\(.time)Z")
        else . end) | .all;

. as $all
| [.labs[].lab] as $lab_names | [.labs[].programs[].name] as $programs
| ($metadata | gradescope_times) as $gradescope
| [.files | group_by(.root)[] | .[0].root as $root
    | map(. + {shown: (.path | clean), parts: (.path | clean | split("/"))}) | if $one then .
        else unwrapped($lab_names; $programs) end
    | owners($lab_names; $programs; $all.roots[$root])[]]
| (map(select(.owner != null))
    | group_by([.owner.platform, .owner.number // .owner.name])
    | map(.[0].owner as $owner
        | {name: ($owner.name | gsub("_"; " ")), platform: $owner.platform, number: $owner.number,
        late: any(.[]; .owner.late), submitted: null}
        + (if $owner.platform == "gradescope" then $gradescope[$owner.number] // {} else {} end)
        + labs_of($all.labs; $programs))
    | with_ids | sort_by(.id)) as $students
| {schema: "udplab-class/1", labs: $lab_names, students: $students,
    left: map(select(.owner == null) | {path: .shown, why: "it is not clear whose it is"})}
