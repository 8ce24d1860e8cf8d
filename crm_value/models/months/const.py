ONLINE, POS, IMPORT, OFFICE = "online", "pos", "import", "office"
CHANNELS = (OFFICE, ONLINE, POS, IMPORT)  # by their numbers in arrays
LARGEST = 10  # customers
