"""Reviews from and to the files of other programs: spreadsheets, R, RevMan, reference managers."""
