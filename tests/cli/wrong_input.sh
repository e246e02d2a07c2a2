#!/bin/sh
# Wrong and hostile registers: each gives its own exit code and a message that says where and
# what to do. Every case changes one thing in the register as it is at opsg-58 (a go).
. "$(dirname "$0")/lib.sh"

issues=evidence/2021-11/testing-issues-2021-10-04
assess()
{
    "$OPSGATE" assess 2021-11 --repo . --rev change --at 2021-10-05 --gate assessment
}
# lint and assess agree: exit CODE, and both say each TEXT.
refused()
{
    code=$1
    shift
    commit
    expect "$code" "$@" -- assess
    expect "$code" "$@" -- "$OPSGATE" lint --repo . --rev change
}

# line_of PATTERN FILE: the line on which it first stands.
line_of()
{
    grep -n -m 1 -e "$1" "$2" | cut -d: -f1
}

at opsg-58
expect 0 -- assess

# ---- YAML ----
at opsg-58
sed -i 's/^title:/titel:/' releases/2021-11.yaml
refused 3 "releases/2021-11.yaml:$(line_of '^titel:' releases/2021-11.yaml):1:" \
    "unknown key 'titel'" "did you mean 'title'"

at opsg-58
sed -i 's/^cycle:.*/cycle: scheduled\ncycle: emergency/' releases/2021-11.yaml
refused 3 "releases/2021-11.yaml:$(line_of 'cycle: emergency' releases/2021-11.yaml):1:" 'cycle'

at opsg-58
sed -i 's/planned: 2021-09-15/planned: [2021-09-15]/' releases/2021-11.yaml
refused 3 'releases/2021-11.yaml:' "'planned' must be a date, not a list"

at opsg-58
sed -i 's/planned: 2021-09-15/planned: 2021-02-30/' releases/2021-11.yaml
refused 3 'releases/2021-11.yaml:' '2021-02-30'

at opsg-58
sed -i 's/meeting: OPSG_58/meeting: OPSG_85/' releases/2021-11.yaml
refused 3 'releases/2021-11.yaml:' "there is no meeting 'OPSG_85'" 'OPSG_58'

at opsg-58
sed -i 's/^title: .*/title: !!str November/' releases/2021-11.yaml
refused 3 "releases/2021-11.yaml:$(line_of '!!str' releases/2021-11.yaml):8:" '!!str' 'hint'

at opsg-58
{
    echo 'a: &a [x, x, x, x, x, x, x, x, x, x]'
    last=a
    for next in b c d e f g h i j; do
        printf '%s: &%s [' $next $next
        for _ in 1 2 3 4 5 6 7 8 9; do printf '*%s, ' $last; done
        printf '*%s]\n' $last
        last=$next
    done
} >modifications/bomb.yaml
refused 3 'modifications/bomb.yaml:' 'alias'

at opsg-58
head -c 1000 /dev/zero | tr '\0' '[' >modifications/deep.yaml
refused 3 'modifications/deep.yaml:1:' '100'

at opsg-58
printf 'modification: MP\377\n' >modifications/latin.yaml
refused 3 'modifications/latin.yaml:1:17:' 'UTF-8'

at opsg-58
truncate -s 20M modifications/big.yaml
refused 3 'modifications/big.yaml' '16'

at opsg-58
sed -i 's/^opsgate: 1/opsgate: 9/' opsgate.yaml
refused 3 'opsgate.yaml:' '9'

# A blob of 1 GiB is refused by its header, before it is read.
at opsg-58
truncate -s 1G "$scratch/change/evidence/2021-11/huge.csv"
sed -i 's/csv: .*/csv: huge.csv/' $issues.yaml
truncate -s 1100M evidence/2021-11/huge.csv
commit
started=$(date +%s)
expect 3 'evidence/2021-11/huge.csv' 'the limit is 1073741824' -- assess
[ $(($(date +%s) - started)) -le 5 ] || complain 'took more than 5 s to refuse it'

# ---- Entries that are no files ----
at opsg-58
ln -s /etc/passwd modifications/MP999.yaml
refused 3 'modifications/MP999.yaml' 'symbolic link'

at opsg-58
ln -s ../../opsgate.yaml evidence/2021-11/linked.csv
sed -i 's/csv: .*/csv: linked.csv/' $issues.yaml
refused 3 'evidence/2021-11/linked.csv'

at opsg-58
git update-index --add --cacheinfo 160000,1111111111111111111111111111111111111111,evidence/sub
git commit -q -m submodule
expect 3 'evidence/sub' 'submodule' -- assess

at opsg-58
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12\n' 0 >$issues.csv
refused 3 "$issues.csv" 'LFS'

# ---- Evidence ----
at opsg-58
sed 's/^series: .*/series: other/' $issues.yaml >evidence/2021-11/other.yaml
refused_live()
{
    commit
    expect 3 "$@" -- assess
}
refused_live 'TI-10' 'evidence/2021-11/other.yaml' "$issues"

at opsg-58
cp $issues.yaml evidence/2021-11/again.yaml
refused_live 'testing-issues' 'evidence/2021-11/again.yaml'

at opsg-58
sed -i 's/Open: open, //' $issues.yaml
refused 3 "$issues.csv:" 'Open'

at opsg-58
sed -i 's/csv: .*/csv: not-there.csv/' $issues.yaml
refused 3 "$issues.yaml:" 'not-there.csv'

at opsg-58
sed -i 's,csv: .*,csv: ../../../outside.csv,' $issues.yaml
refused 3 "$issues.yaml:" 'outside'

at opsg-58
printf 'TI-200,2,Open\n' >>$issues.csv
refused 3 "$issues.csv:"

# Evidence dated after the time of judgement: not yet known when judging an earlier day, an
# error when judging now.
at opsg-58
risks=evidence/2021-11/known-issues-2021-10-05.yaml
sed -i 's/^as_of: .*/as_of: 2999-01-01/' $risks
commit
expect 3 "$risks:" '2999-01-01' -- "$OPSGATE" assess 2021-11 --repo . --rev change \
    --gate assessment
expect 4 'LSC-10' 'stale' -- assess

# ---- Criteria ----
criteria=criteria/live_services.yaml
at opsg-58
sed -i 's/require: issue.severity > 2/require: issue.sevrity > 2/' $criteria
refused 3 "$criteria:" 'sevrity' "did you mean 'severity'" '^'

at opsg-58
sed -i 's/require: issue.severity > 2/require: issue.severity/' $criteria
refused 3 "$criteria:" 'bool' 'int'

at opsg-58
sed -i 's/i.state != "closed") + vanished/i.state != "closd") + vanished/' $criteria
refused 3 "$criteria:" 'closd' 'did you mean "closed"'

at opsg-58
sed -i '0,/due: assessment/s//due: assesment/' $criteria
refused 3 "$criteria:" "'assesment' is not a gate"

at opsg-58
sed -i 's/min_pass_rate: {assessment: 0.95, go_live: 0.98}/min_pass_rate: {assessment: 0.95}/' $criteria
refused 3 "$criteria:" "'min_pass_rate' has no value for gate 'go_live'"

# No criterion that counts, and none but those that do not apply: nothing to judge.
at opsg-58
sed -i 's/due: assessment/due: go_live/' $criteria
commit
expect 5 'nothing' -- assess
at opsg-58
sed -i -e '/^    when:/d' -e 's/    due: assessment/    due: assessment\n    when: release.cycle == "emergency"/' $criteria
commit
expect 5 'nothing' -- assess

# `each` over nothing is missing, not met.
at opsg-58
sed -i 's/t.phase == "BAT"/t.phase == "none"/' $criteria
commit
expect 4 'LSC-05' 'missing' -- assess

# An error while evaluating is no verdict, and what is unmet is shown all the same.
at origin/what-if/severity-2-open
sed -i 's/require: statement.holds/require: 1 \/ (statement.about.size() - statement.about.size()) > 0/' $criteria
commit
expect 3 'LSC-03' 'divide by zero' 'LSC-07' -- assess
finish
