-- A purge and a redelivery keep out of each other's way: else a message could go while a delivery of it is made.
SELECT pg_advisory_xact_lock($1)
