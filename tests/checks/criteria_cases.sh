#!/bin/sh
# criteria_cases.sh ROOT: every shipped criterion has test cases that come out met, unmet and
# missing (docs/criteria-tests.md). That they come out so, `opsgate test` shows.
. "$(dirname "$0")/common.sh"

for set in criteria/*.yaml; do
    tests=criteria/tests/${set##*/}
    if [ ! -f "$tests" ]; then
        echo "$set: there is no $tests" >>"$findings"
        continue
    fi
    awk -v set="$set" '
        FNR == 1 { file++ }
        file == 1 && $1 == "-" && $2 == "id:" { ids[++count] = $3 }
        file == 2 && $1 == "criterion:" { criterion = $2 }
        file == 2 && $1 == "expect:" && match($0, /outcome: [a-z_]+/) {
            seen[criterion, substr($0, RSTART + 9, RLENGTH - 9)] = 1
        }
        END {
            split("met unmet missing", outcomes, " ")
            for (i = 1; i <= count; i++)
                for (o = 1; o <= 3; o++)
                    if (!((ids[i], outcomes[o]) in seen))
                        print set ": " ids[i] " has no test case that is " outcomes[o]
            if (count == 0)
                print set ": no criterion was found"
        }' "$set" "$tests" >>"$findings"
done
report "$findings"
