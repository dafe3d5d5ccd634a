"""Small projects without problems that fuzzing starts from: their files by path."""

from support.small_review import GOOD

CLAIMS = "data/claims.yaml"
FOLDER = "data/reviews/r/"

_COUNTS_CLAIMS = """\
readers: strength
least_share: 0.75
groups:
  strength:
    words: strength training
    category: strength
claims:
  - id: two_thirds
    claimed: Strength training reduces injuries by 66 %.
    where: A page
    analysis: r/overall
    implies: {exposure: strength}
    point: {reduction: 66}
    certainty: [interval, confidence, prediction, posterior, few_trials]
    beside: [r/crude]
  - id: safe
    claimed: It is safe.
    where: A page
    analysis: r/crude
    requires: {outcome_class: acute}
  - id: running_alone
    claimed: Running alone is enough.
    where: A page
    reason: no trial measured it
"""

_MEANS = {
    "review.yaml": """\
title: Running economy
measure: SMD
intervention: strength training
control: running
analyses:
  - id: all
    title: All results
    model: three-level
    interval: t
    select: {outcome: [economy, speed]}
  - id: economy
    title: Economy
    tau2: PM
    interval: hksj
    prediction: HTS
    select: {outcome: economy}
    subgroup: level
  - id: raw
    title: Economy in its unit
    measure: MD
    better: lower
    leave_out: {outcome: [speed]}
dose:
  - id: weeks
    title: Weeks of training
    analysis: economy
    dose: weeks x sessions_per_week
    unit: sessions
    form: linear
contrasts:
  - id: kinds
    title: Economy, as printed
    printed: [one, two]
""",
    "studies.csv": """\
study,label,year,weeks,sessions_per_week,level
ada,Ada 2001,2001,8,2,club
ben,Ben 2004,2004,10,3,elite
cyd,Cyd 2009,2009,12,2,club
dov,Dov 2015,2015,6,3,elite
eve,Eve 2018,2018,14,2,club
""",
    "outcomes.csv": """\
study,outcome,variant,arm,n_intervention,n_control,mean_intervention,sd_intervention,\
mean_control,sd_control,mean_pre_intervention,sd_pre_intervention,mean_pre_control,\
sd_pre_control,better,awaits
ada,economy,primary,,9,9,46.1,2.9,48.3,3.1,47.9,2.8,48.1,3.0,lower,
ada,speed,primary,,9,9,17.1,1.1,16.4,1.2,16.2,1.0,16.3,1.1,higher,
ben,economy,primary,,12,11,44.2,3.8,45.9,3.5,,,,,lower,
cyd,economy,primary,heavy,8,8,50.6,2.2,51.0,2.4,51.4,2.3,51.1,2.2,lower,
cyd,economy,primary,light,8,8,50.9,2.6,51.2,2.1,51.2,2.5,51.3,2.2,lower,
dov,economy,primary,,15,14,41.9,4.4,43.0,4.1,43.1,4.2,43.2,4.0,lower,
eve,economy,primary,,10,10,,,,,,,,,lower,means
""",
    "published.csv": """\
target,analysis,description,quantity,printed,location
one,economy,economy,estimate,-0.42,p. 3
one,economy,economy,ci_low,-0.80,p. 3
one,economy,economy,ci_high,-0.04,p. 3
one,economy,economy,i2,12,p. 3
two,all,all results,estimate,-0.31,p. 4
two,all,all results,ci_low,-0.60,p. 4
two,all,all results,ci_high,-0.02,p. 4
""",
    "grade.csv": """\
analysis,domain,judged_by,judgement,reason
economy,imprecision,review,serious,few people
""",
}

_SPARSE = {
    "review.yaml": """\
title: Rare injuries
measure: OR
analyses:
  - id: all
    title: All trials
    tau2: REML
  - id: mh
    title: Mantel-Haenszel
    model: MH
  - id: peto
    title: Peto
    model: Peto
  - id: exact
    title: Exact likelihood
    model: CM.EL
    leave_out: {study: [ibis]}
  - id: shares
    title: Risk differences
    measure: RD
    tau2: SJ
    interval: hksj_hybrid
    multiverse:
      tau2: [DL, SJ]
      zero_cells: [only_empty, all]
    baseline_risk: {risk: 0.05, source: a cohort}
""",
    "studies.csv": """\
study,label,year,category
fox,Fox 2001,2001,strength
gnu,Gnu 2003,2003,balance
hen,Hen 2007,2007,strength
ibis,Ibis 2012,2012,balance
jay,Jay 2020,2020,strength
""",
    "outcomes.csv": """\
study,outcome,events_intervention,n_intervention,events_control,n_control,control_split
fox,injury,0,40,3,41,
gnu,injury,2,120,7,118,
hen,injury,0,55,0,52,
ibis,injury,1,80,2.5,39.5,2
jay,injury,4,61,9,60,
""",
    "published.csv": """\
target,analysis,quantity,printed,location
main,mh,estimate,0.37,p. 2
main,mh,k,5,p. 2
rd,shares,estimate,-0.05,p. 2
""",
}

_RATES = {
    "review.yaml": """\
title: Injuries by hours of exposure
measure: IRR
analyses:
  - id: strength
    title: Strength
    tau2: EB
    interval: t
    clustering: design_effect
    select: {category: strength}
  - id: balance
    title: Balance
    tau2: FE
    interval: wald
    select: {category: balance}
contrasts:
  - id: kinds
    title: Strength or balance
    analyses: [strength, balance]
totals:
  - id: whole
    title: All trials
""",
    "studies.csv": """\
study,label,year,category,design,clusters_intervention,clusters_control,icc
kea,Kea 2002,2002,strength,cluster,12,11,0.04
lark,Lark 2005,2005,strength,individual,,,
moa,Moa 2011,2011,balance,individual,,,
newt,Newt 2016,2016,balance,individual,,,
oryx,Oryx 2019,2019,strength,individual,,,
""",
    "outcomes.csv": """\
study,outcome,variant,events_intervention,person_time_intervention,events_control,\
person_time_control,n_intervention,n_control,measure,estimate,ci_low,ci_high,ci_level,\
design_effect
kea,injury,primary,14,9100.5,31,8800,240,233,,,,,,
lark,injury,primary,6,2100,9,1950,,,,,,,,1.2
moa,injury,primary,0,700,4,690,,,,,,,,
newt,injury,primary,,,,,,,HR,0.61,0.40,0.93,0.9,
oryx,injury,primary,,,,,,,IRR,0.72,0.49,1.06,,
oryx,injury,counts,11,3000,15,2900,,,,,,,,
""",
    "published.csv": """\
target,analysis,quantity,printed,location
main,strength,estimate,0.6,p. 2
main,strength,events,60,p. 2
whole,whole,k,5,p. 1
""",
}


def _in_folder(review: dict[str, str], claims: str = "") -> dict[str, bytes]:
    files = {FOLDER + name: text.encode() for name, text in review.items()}
    return files | ({CLAIMS: claims.encode()} if claims else {})


BASES = {
    "counts": _in_folder(GOOD, _COUNTS_CLAIMS),
    "unsourced": _in_folder(
        {name: text for name, text in GOOD.items() if name != "provenance.csv"}, _COUNTS_CLAIMS
    ),
    "means": _in_folder(_MEANS),
    "sparse": _in_folder(_SPARSE),
    "rates": _in_folder(_RATES),
}
