"""A small review without problems: its files by name."""

GOOD = {
    "review.yaml": """\
title: Strength training to prevent injuries
measure: RR
intervention: strength training
control: usual training
analyses:
  - id: overall
    title: All trials
    tau2: DL
    interval: wald
    select: {category: [strength], outcome_class: acute}
    variants: {petersen2011: adjusted}
  - id: crude
    title: All trials, crude counts
    subgroup: level
""",
    "studies.csv": """\
study,label,year,added,design,clusters_intervention,clusters_control,icc,category,weeks,level
askling2003,Askling 2003,2003,2018-08-21,individual,,,,strength,10,elite
petersen2011,Petersen 2011,2011,2018-08-21,individual,23,27,0.05,strength,10,amateur
""",
    "outcomes.csv": """\
study,outcome,variant,arm,outcome_class,events_intervention,n_intervention,events_control,\
n_control,person_time_intervention,person_time_control,y,v,measure,estimate,ci_low,ci_high,\
ci_level,p_value,awaits
askling2003,hamstring,primary,,acute,3,15,10,15,,,,,,,,,,,
petersen2011,hamstring,,,acute,15,461,52,481,,,,,,,,,,,
petersen2011,hamstring,adjusted,,acute,,,,,,,,,RR,0.293,0.150,0.572,0.95,<0.001,
""",
    "provenance.csv": """\
study,field,variant,outcome,arm,value,source,location,kind
petersen2011,clusters_intervention,,,,23,Petersen 2011,p. 3,primary_fulltext
petersen2011,clusters_control,,,,27,Petersen 2011,p. 3,primary_fulltext
petersen2011,icc,,,,0.050,Petersen 2011,p. 4,derived
askling2003,weeks,,,,10,Askling 2003,abstract,primary_abstract
petersen2011,weeks,,,,10,Petersen 2011,p. 2,primary_fulltext
askling2003,events_intervention,,,,3,Askling 2003,abstract,primary_abstract
askling2003,n_intervention,,,,15,Askling 2003,abstract,primary_abstract
askling2003,events_control,primary,hamstring,,10,Askling 2003,abstract,unverified
askling2003,n_control,,,,15,Askling 2003,abstract,primary_abstract
petersen2011,events_intervention,,,,15,Petersen 2011,p. 4,primary_fulltext
petersen2011,n_intervention,primary,,,461,Petersen 2011,p. 4,primary_fulltext
petersen2011,events_control,,,,52,Petersen 2011,p. 4,primary_fulltext
petersen2011,n_control,,,,481,Petersen 2011,p. 4,reconstructed
petersen2011,estimate,adjusted,,,0.293,Petersen 2011,p. 5,primary_fulltext
petersen2011,ci_low,adjusted,,,0.15,Petersen 2011,p. 5,primary_fulltext
petersen2011,ci_high,adjusted,,,0.572,Petersen 2011,p. 5,primary_fulltext
petersen2011,p_value,adjusted,,,< 0.001,Petersen 2011,p. 5,primary_fulltext
petersen2011,category,,,,strength,Petersen 2011,p. 1,primary_fulltext
""",
    "published.csv": """\
target,analysis,description,quantity,printed,location,kind,blocked,blocked_group,explained,fitted,see
main,overall,all trials,estimate,0.338,abstract,primary_abstract,,,,,
main,overall,all trials,p,<0.001,abstract,primary_abstract,,,,,
dose,,more volume,slope,>4,abstract,primary_abstract,volumes of three trials,counts,,,
""",
    "risk_of_bias.csv": """\
study,tool,domain,judgement,support
askling2003,RoB 2,overall,some concerns,
""",
}
