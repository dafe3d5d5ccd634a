"""What readers see, a folder a topic: view model, words, tables, drawing."""
