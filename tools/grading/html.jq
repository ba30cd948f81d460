# What the pages of a class share. Every text goes through @html; a page is one file and needs no script.

def style: "
:root { color-scheme: light dark; --ink: #1f2328; --quiet: #59636e; --paper: #fff; --line: #d1d9e0; --band: #f6f8fa;
    --good: #1a7f37; --bad: #cf222e; --doubt: #9a6700; --bar: #2f74c0 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9aa5b1; --paper: #11161d; --line: #3a434e;
    --band: #1a212a; --good: #57c46f; --bad: #ff8a7d; --doubt: #e3b341; --bar: #6cb6ff } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1.2rem; font: 16px/1.5 system-ui,
    sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: break-word }
h1 { font-size: 1.6rem; margin: 0 0 .2rem } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem }
p { margin: .4rem 0; max-width: 46rem } a { color: var(--bar) } .quiet { color: var(--quiet) }
.wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
td:last-child { overflow-wrap: anywhere } thead th { border-bottom-width: 2px; white-space: nowrap }
td.n, th.n { text-align: right; white-space: nowrap } tbody tr:hover { background: var(--band) }
th button { all: unset; cursor: pointer; font-weight: bold } th button:focus-visible { outline: 2px solid var(--bar) }
th[aria-sort=ascending] button::after { content: \" ▲\" } th[aria-sort=descending] button::after { content: \" ▼\" }
.good { color: var(--good) } .bad { color: var(--bad) } .doubt { color: var(--doubt) }
.bar { display: inline-block; width: 9rem; height: .8em; border: 1px solid var(--line); background: var(--band);
    vertical-align: -.05em }
.bar i { display: block; height: 100%; background: var(--bar) }
pre { overflow-x: auto; padding: .8rem; background: var(--band); border: 1px solid var(--line);
    font: 13px/1.45 ui-monospace, monospace }
figure { margin: .8rem 0; overflow-x: auto } figure img { max-width: 100%; height: auto; border: 1px solid var(--line) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .3rem 0 }
dt { color: var(--quiet) } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
dd.as-printed { font: 13px/1.6 ui-monospace, monospace; padding-top: .15rem }
section.test { border-left: 3px solid var(--bad); padding-left: .8rem; margin: 1rem 0 }
section.test.doubt { border-color: var(--doubt); color: inherit }
@media (max-width: 40rem) { body { padding: .8rem } .bar { width: 5rem } dl { grid-template-columns: 1fr } }
@media print {
    :root { --ink: #000; --quiet: #444; --paper: #fff; --line: #999; --band: #fff; --good: #000; --bad: #000;
        --doubt: #000; --bar: #555 }
    body { max-width: none; padding: 0; font-size: 11px } a { color: inherit; text-decoration: none }
    .wide { overflow: visible } pre { white-space: pre-wrap; font-size: 9px }
    .bar, .bar i { print-color-adjust: exact; -webkit-print-color-adjust: exact }
    thead { display: table-header-group } tr, section.test, figure { break-inside: avoid }
}
";

def page($title; $body): "<!DOCTYPE html>
<html lang=\"en\">
<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"referrer\" content=\"no-referrer\">
<title>\($title | @html)</title>
<style>\(style)</style></head>
<body>
\($body)
</body>
</html>";

# Parts of a page. What goes in is HTML already: texts of others go through @html before.
def span($class): "<span class=\"\($class)\">\(.)</span>";
def p: "<p>\(.)</p>";
def li: "<li>\(.)</li>";
def td: "<td>\(.)</td>";
def td_n: "<td class=\"n\">\(.)</td>";
def th: "<th>\(.)</th>";
def th_n: "<th class=\"n\">\(.)</th>";
def joined: add // "";
def table($heads; $rows): (if $heads == "" then "" else "<thead><tr>\($heads)</tr></thead>" end) as $head
    | "<div class=\"wide\"><table>\($head)
<tbody>\($rows | map("<tr>\(.)</tr>\n") | joined)</tbody></table></div>";

# A port that the kernel chose is another one for each student, and the cause is the same. The labs' own are 432xx.
def without_ports:
    gsub(":(?<port>[3-6][0-9]{4})\\b"; if .port | startswith("432") then ":\(.port)" else ":PORT" end);

def number: if . == null then "?" elif . == floor then "\(. | floor)" else "\(.)" end;
def bar($of): (if $of == 0 then 0 else . / $of * 100 | round end) as $share
    | ([$share, 100] | min) as $width # with a bonus there can be more
    | "<span class=\"bar\" role=\"img\" aria-label=\"\($share) percent\"><i style=\"width:\($width)%\"></i></span>";
def nn: capture("^(?<n>[0-9]+)").n // .;

# Why a lab has no points.
def state_words: {graded: "graded", missing: "not handed in",
    ambiguous: "needs a person: it is not clear which file is meant",
    unnamed: "needs a person: no file has a name that a lab asks for",
    damaged: "needs a person: the archive cannot be unpacked",
    unsure: "needs a person: it could not be checked", waiting: "not checked yet"}[.];
