"""Running the portal on a server: probes, logs, backups, where media lie (docs/betrieb/)."""
