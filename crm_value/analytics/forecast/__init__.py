"""What customers will buy: models, back-test, calibration."""
