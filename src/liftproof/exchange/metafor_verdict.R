
all <- do.call(rbind, rows)
# Of a number that is 0 no share can be told: there a search ends a little above. I2 is in percent.
least <- ifelse(all$quantity == "i2", 1e-6, ifelse(all$quantity == "tau2", 1e-9, 1e-12))
allowed <- pmax(all$apart * abs(all$liftproof), least)
agrees <- !is.na(all$metafor) & abs(all$liftproof - all$metafor) <= allowed
differs <- !is.na(all$liftproof) & !agrees
all$apart <- NULL
shown <- all
for (name in c("liftproof", "metafor")) shown[[name]] <- sprintf("%.15g", all[[name]])
write.csv(shown, row.names = FALSE, quote = 1:2)
if (any(differs)) {
  print(all[differs, ], digits = 12, row.names = FALSE)
  stop(sum(differs), " numbers of metafor are not those of Liftproof")
}
message("All ", sum(!is.na(all$liftproof)), " numbers of Liftproof are those of metafor.")
