-- leads: where the entry of a lead stands is read from the log; it has no place yet when the lead is written.
alter table lead alter column log_seq drop not null, alter column log_leaf drop not null;
