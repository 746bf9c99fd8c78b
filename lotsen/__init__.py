"""WIR-Lotsen: carriers, their programmes and what they did."""
