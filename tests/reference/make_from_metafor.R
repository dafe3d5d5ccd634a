# make_from_metafor.R -- metafor's lines of docs/from_metafor.md: each is run, its numbers written beside it.
# usage: Rscript make_from_metafor.R <page> OUT.json [LIBRARY]; needs metafor 5.1, metadat, clubSandwich, lme4
args <- commandArgs(TRUE)
if (length(args) > 2) .libPaths(c(args[3], .libPaths()))
suppressMessages({library(metafor); library(metadat); library(clubSandwich); library(jsonlite)})
d <- as.data.frame(escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)); k <- as.data.frame(dat.konstantopoulos2011); s <- as.data.frame(dat.bangertdrowns2004)
with_control <- function(call, name, control, env) { call[[1]] <- str2lang(paste0("metafor::", name)); call$control <- control; eval(call, env) }   # the best that its searches can give
search <- function(reach) list(optimizer = "nlminb", rel.tol = reach)
rma <- function(...) with_control(sys.call(), "rma", if ("scale" %in% ...names()) search(1e-12) else list(threshold = 1e-15, maxiter = 1000, tol = 1e-14), parent.frame())
rma.mv <- function(...) with_control(sys.call(), "rma.mv", search(1e-10), parent.frame())
selmodel <- function(...) {
  for (reach in 10^-(13:6)) { f <- try(suppressWarnings(with_control(sys.call(), "selmodel", search(reach), parent.frame())), silent = TRUE); if (!inherits(f, "try-error")) return(f) }
  stop(f)
}
page <- readLines(args[1])
fence <- grep("^```", page)
for (line in page[(fence[1] + 1):(fence[2] - 1)]) eval(parse(text = line))
rows <- gsub("\\\\\\|", "\001", grep("^\\| .*`", page, value = TRUE))
found <- lapply(strsplit(rows, "|", fixed = TRUE), function(cells) {
  line <- gsub("\001", "|", gsub("^ *`|` *$", "", cells[3]), fixed = TRUE)
  value <- tryCatch(suppressWarnings(as.numeric(eval(parse(text = line)))), error = function(e) stop(line, ": ", conditionMessage(e)))
  list(line = line, value = I(value))
})
engine <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
writeLines(toJSON(list(engine = engine, lines = found), auto_unbox = TRUE, digits = I(15), na = "null"), args[2])
