# A page of scenarios by their first comments: a heading a topic (the word of the file name before its first _), a table row a file, behind the table who pays what
# (Budget).
#   awk -f levers.awk FILE...
function comment(line) { sub(/^\/\/ */, "", line); return line }
function cell(text) { gsub(/\|/, "/", text); return text }
function budgets() {
    for (i = 1; i <= n_paid; i++) printf "\n%s\n", paid[i]
    n_paid = 0
}
function row() {
    if (file == "") return
    if (topic != last) budgets()
    if (topic != last) printf "\n## %s\n\n| file | question | policy text or source | evidence | acts on |\n|---|---|---|---|---|\n", topic
    last = topic
    printf "| `%s` | %s | %s | %s | %s |\n", file, cell(question), cell(source), cell(evidence), cell(acts)
    if (budget != "") paid[++n_paid] = "`" file "`: " budget
}
FNR == 1 {
    row()
    file = FILENAME
    sub(/.*\//, "", file)
    topic = file
    sub(/_.*/, "", topic)
    question = source = evidence = acts = budget = where = ""
}
/^\/\/ Question: / { where = "q"; question = comment($0); sub(/^Question: /, "", question); next }
/^\/\/ Source: / { where = "s"; source = comment($0); sub(/^Source: /, "", source); next }
/^\/\/ Evidence: / { where = "e"; evidence = comment($0); sub(/^Evidence: /, "", evidence); next }
/^\/\/ Acts on: / {
    where = ""
    claim = comment($0)
    sub(/^Acts on: /, "", claim)
    sign = substr(claim, length(claim))
    acts = acts (acts == "" ? "" : ", ") "`" substr(claim, 1, length(claim) - 2) "` " (sign == "-" ? "−" : sign)
    next
}
/^\/\/ Budget: / { where = "b"; budget = comment($0); sub(/^Budget: /, "", budget); next }
/^\/\/ (Expected outcome|Off|How to read)/ { where = ""; next }
/^\/\// {
    if (where == "q") question = question " " comment($0)
    if (where == "s") source = source " " comment($0)
    if (where == "e") evidence = evidence " " comment($0)
    if (where == "b") budget = budget "\n" comment($0)
    next
}
{ where = "" }
END {
    row()
    budgets()
}
