"""The Human Services Data Specification 3.1 of Open Referral (https://docs.openreferral.org), as tables and as services."""
