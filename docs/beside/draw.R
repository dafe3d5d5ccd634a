# Draws forest and funnel of one analysis by the defaults of R's packages metafor and meta, as they come,
# from the effects that Liftproof draws. Run in this folder after `make report`:
#   Rscript draw.R ../../results/lauersen2018/effects.csv overall
# Drawn with R 4.2.2, metafor 3.8-1 and meta 6.5-0.
library(metafor)
library(meta)

given <- commandArgs(TRUE)
effects <- read.csv(given[1], na.strings = "", encoding = "UTF-8")
dat <- effects[effects$analysis == given[2] & is.na(effects$left_out), ]

picture <- function(name, height, draw, width = 1000) {
  png(paste0(name, ".png"), width = width, height = height, res = 130)
  draw()
  dev.off()
}

by_metafor <- rma(y, v, data = dat, slab = label, method = "DL")
picture("metafor_forest", 520, function() forest(by_metafor))
picture("metafor_funnel", 620, function() funnel(by_metafor))

by_meta <- metagen(y, sqrt(v), data = dat, studlab = label, sm = "RR", method.tau = "DL")
picture("meta_forest", 520, function() forest(by_meta), width = 1400) # narrower, it is cut off
picture("meta_funnel", 620, function() funnel(by_meta))
