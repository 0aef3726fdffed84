-- Five trusts of thirty schools. Their libraries are loaded behind this, then come their films.

SELECT setseed(0.27);

-- The ids of `pennydrop.ids` in hexadecimal: they sort by time, and before any that is made from now on.
CREATE FUNCTION made_id(made timestamptz, seed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lpad(to_hex((extract(epoch FROM made) * 1000)::bigint), 12, '0') || substr(md5(seed), 1, 14);

CREATE TEMP TABLE span AS SELECT now() - interval '700 days' AS first, interval '700 days' AS long;

INSERT INTO organisations (id, name, created_at)
SELECT made_id(first, 'o' || o), 'Trust ' || o, first FROM span, generate_series(1, 5) o;

CREATE TEMP TABLE s AS
SELECT made_id(first, 's' || n) AS id, n, 1 + (n - 1) / 30 AS o, first FROM span, generate_series(1, 150) n;
INSERT INTO schools (id, organisation_id, name, created_at)
SELECT id, made_id(first, 'o' || o), 'School ' || n, first FROM s;

-- Of forty in each school one leads, four coach and thirty-five are coached.
CREATE TEMP TABLE p AS
SELECT made_id(first, 'p' || s.n || '.' || k) AS id, s.id AS school_id, s.n AS s, s.o, k,
    CASE WHEN k = 0 THEN 'lead' WHEN k < 5 THEN 'coach' ELSE 'coachee' END AS who, first AS at
FROM s, generate_series(0, 39) k;
CREATE UNIQUE INDEX ON p (s, k);
INSERT INTO people (id, school_id, email, name, is_admin, created_at)
SELECT id, school_id, format('%s%s@school%s.test', who, k, s),
    (ARRAY['Aisha', 'Ben', 'Chloe', 'Dev', 'Ewa', 'Femi', 'Grace', 'Hana', 'Ines', 'Jo'])[1 + (s * 7 + k) % 10]
    || ' ' || (ARRAY['Adeyemi', 'Brown', 'Clarke', 'Davies', 'Evans', 'Fox', 'Green', 'Hughes'])[1 + (s + k * 3) % 8]
    || ' ' || s || '.' || k,
    k = 0 AND s % 30 = 1, at FROM p;
UPDATE people SET sort_name = lower(name);
INSERT INTO leads (id, school_id, person_id, created_at)
SELECT made_id(at, 'l' || s), school_id, id, at FROM p WHERE who = 'lead';
