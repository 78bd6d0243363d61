-- Once, on the primary, as its superuser (docs/scaling.md). Then `\password burnbag` and `\password replication`.
-- The tables are made by the first node that starts.
CREATE ROLE burnbag LOGIN;
CREATE ROLE replication LOGIN REPLICATION;
CREATE DATABASE burnbag OWNER burnbag ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE burnbag FROM PUBLIC;
