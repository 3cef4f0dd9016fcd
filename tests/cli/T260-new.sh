#!/bin/sh
# A skeleton, the editor, the check.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"

export EDITOR=true VISUAL=
run 0 "a skeleton with all that it needs" chancery new \
    --from "AMEMBASSY KESSELHAVN" --to "SECSTATE WASHDC,AMCONSUL NORTHMOLE" \
    --info "amembassy port arden" --class C --precedence IMMEDIATE \
    --tags efis,ZQ --subject "the nets" a.tel
out_lacks "warning" "leaves nothing to warn of"
run 0 "is a telegram" chancery read --as json a.tel
out_has '"precedence":"IMMEDIATE"'
out_has '"KESSELHAVN"'
out_has '"THE NETS"'
out_has '"EFIS"'
run 3 "without a subject" chancery new --from "AMEMBASSY KESSELHAVN" b.tel
out_has "[SUB-001]"
run 3 "a file that is there" chancery new a.tel
err_has "a.tel: cannot be made"
export VISUAL="sed -i -e s/NORTHMOLE/NORTHPOLE/"
run 2 "what the editor wrote is checked" chancery new \
    --from "AMEMBASSY KESSELHAVN" --to "AMCONSUL NORTHMOLE" --tags EFIS,ZQ \
    --subject "x" "a file; with \$signs.tel"
out_has "NORTHPOLE"
export VISUAL=false
run 3 "an editor that fails" chancery new c.tel
err_has "the file is kept"
test -s c.tel
ok $? "and it is"
run 0 "no editor" chancery new --no-edit d.tel
run 5 "a level that is none" chancery new --class ROSA e.tel
run 5 "a precedence that is none" chancery new --precedence SOON e.tel
done_testing
