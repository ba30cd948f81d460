# CSV as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

def harmless: tostring | gsub("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]"; "") | if test("^[=+@\\t\\r-]")
    and (test("^-?[0-9]+(\\.[0-9]+)?$") | not) then "'" + . else . end;
def cell: if . == null then "" else harmless | if test("[\",\\r\\n]|^ | $") then "\"" + gsub("\""; "\"\"") + "\""
    else . end end;
def row: map(cell) | join(",") + "\r";
