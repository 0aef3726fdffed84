-- What five trusts of thirty schools film and say in two years. :films and :moments say how many; everything
-- else follows from them. The same rows each time.

-- A coach for each coachee now, and another one before him.
CREATE TEMP TABLE pair AS
SELECT made_id(at, 'now' || c.id) AS id, c.id AS coachee, coach.id AS coach, c.s, c.k, c.o, c.at
FROM p c JOIN LATERAL (SELECT id FROM p WHERE p.s = c.s AND p.k = 1 + c.k % 4) coach ON true WHERE who = 'coachee';
CREATE UNIQUE INDEX ON pair (coachee);
INSERT INTO pairings (id, coach_id, coachee_id, started_at) SELECT id, coach, coachee, at FROM pair;
INSERT INTO pairings (id, coach_id, coachee_id, started_at, ended_at)
SELECT made_id(at, 'then' || coachee), other.id, coachee, at, at + interval '200 days'
FROM pair JOIN LATERAL (SELECT id FROM p WHERE p.s = pair.s AND p.k = 1 + (pair.k + 1) % 4) other ON true;

-- Four steps for each coachee, three of them mastered.
CREATE TEMP TABLE a AS
SELECT made_id(first + n * interval '170 days', 'a' || coachee || n) AS id, coachee, coach, n,
    first + n * interval '170 days' AS at FROM span, pair, generate_series(0, 3) n;
CREATE UNIQUE INDEX ON a (coachee, n);
INSERT INTO action_steps (id, coachee_id, set_by_id, goal, action, why, state, created_at)
SELECT id, coachee, coach, 'Make sure every pupil hears the instruction', 'waiting for every eye before speaking',
    'Two of the six were still writing.', CASE WHEN n < 3 THEN 'mastered' ELSE 'practising' END, at FROM a;
INSERT INTO action_step_criteria (id, action_step_id, position, text, ticked_at)
SELECT made_id(at, id || place), id, place, 'Criterion ' || place, CASE WHEN n < 3 THEN at END
FROM a, generate_series(1, 4) place;
INSERT INTO action_step_states (id, action_step_id, state, by_id, at)
SELECT made_id(at, id || 'state' || place), id, CASE place WHEN 1 THEN 'practising' ELSE 'mastered' END, coach, at
FROM a, generate_series(1, 2) place WHERE n < 3 OR place = 1;

-- Films: a few people have many, one of each hundred films belongs to the first coachee of all.
CREATE TEMP TABLE v AS
SELECT n, first + long * n / :films AS at,
    CASE WHEN n % 100 = 0 THEN 1 ELSE 1 + floor(random() * 150)::int END AS s,
    CASE WHEN n % 100 = 0 THEN 5 ELSE 5 + floor(35 * random() ^ 1.5)::int END AS k,
    CASE WHEN n % 5 = 1 THEN 'rehearsal' WHEN n % 40 = 2 THEN 'model' ELSE 'lesson' END AS purpose
FROM span, generate_series(1, :films) n;
ALTER TABLE v ADD id text, ADD owner text, ADD coach text, ADD step text;
UPDATE v SET id = made_id(v.at, 'v' || v.n), owner = pair.coachee, coach = pair.coach,
    step = CASE WHEN purpose = 'rehearsal' THEN a.id END
FROM pair, a, span
WHERE pair.s = v.s AND pair.k = v.k AND a.coachee = pair.coachee
    AND a.n = least(3, floor(extract(epoch FROM v.at - span.first) / 86400 / 170)::int);
CREATE UNIQUE INDEX ON v (n);
ANALYZE v;
INSERT INTO sources (id, owner_id, key, size, sha256, created_at)
SELECT id, owner, 'sources/' || id, 500000000, md5(id) || md5(owner), at FROM v ORDER BY n;
INSERT INTO videos (id, owner_id, filmed_by_id, action_step_id, source_id, purpose, title, filename, recorded_at,
    created_at, state, progress, proven_at, duration_ms, width, height, has_audio, probe)
SELECT id, owner, CASE n % 3 WHEN 0 THEN coach ELSE owner END, step, id, purpose,
    (ARRAY['Phonics', 'Guided reading', 'Fractions', 'Number bonds', 'Story time'])[1 + n % 5] || ' ' || n,
    'VID_' || n || '.mp4', at, at, 'ready', 100, at, 1800000, 1920, 1080, true,
    json_build_object('container', 'mp4', 'duration_ms', 1800000, 'video', repeat('x', 700))
FROM v ORDER BY n;
INSERT INTO renditions (id, video_id, name, key, media_type, size, sha256, width, height, created_at)
SELECT made_id(at, id || name), id, name, 'renditions/' || id || '/' || name, type, 40000000, md5(id) || md5(name),
    CASE WHEN type = 'video/mp4' THEN 1280 END, CASE WHEN type = 'video/mp4' THEN 720 END, at
FROM v, (VALUES ('virtual', 'video/mp4'), ('720p', 'video/mp4'), ('360p', 'video/mp4'), ('poster', 'image/jpeg'),
    ('frames', 'application/json'), ('storyboard', 'text/vtt'), ('waveform', 'application/json'),
    ('speech', 'application/json')) made (name, type) ORDER BY n;

-- Every two-hundredth film was worked through with hundreds of moments; the others share the rest.
CREATE TEMP TABLE m AS
SELECT made_id(v.at + interval '1 day' + place * interval '1 minute', 'm' || v.n || '.' || place) AS id, v.id AS video,
    CASE WHEN place % 3 = 0 THEN v.owner ELSE v.coach END AS author, v.n, place,
    v.at + interval '1 day' + place * interval '1 minute' AS at
FROM v, LATERAL generate_series(1, CASE WHEN v.n % 200 = 0 THEN 400 ELSE (:moments - :films * 2) / (:films * 199 / 200)
    + (v.n % 7) - 3 END) place ORDER BY v.n;
INSERT INTO moments (id, video_id, author_id, start_ms, end_ms, kind, text, terms, drawing, created_at)
SELECT id, video, author, place * 4000 + n % 1000, CASE WHEN place % 2 = 0 THEN place * 4000 + n % 1000 + 9000 END,
    (ARRAY['praise', 'probe', 'question', 'note'])[1 + place % 4],
    'You waited until ' || (ARRAY['all eyes', 'every pencil', 'the whole table', 'both groups'])[1 + (n + place) % 4]
    || ' were with you, and then said it once. What did the two at the back do then? ' || place, '["wait time"]',
    'null', at FROM m;
INSERT INTO replies (id, moment_id, author_id, text, created_at)
SELECT made_id(at, id || 'reply'), id, author, 'I had not seen that. Thank you!', at FROM m WHERE place % 5 = 0;

CREATE TEMP TABLE c AS
SELECT made_id(at + interval '2 days', 'c' || n) AS id, id AS video, n AS film, owner, coach, s, k,
    at + interval '2 days' AS at FROM v WHERE n % 2 = 0;
INSERT INTO clips (id, video_id, made_by_id, action_step_id, title, start_ms, end_ms, created_at, revision, file_state,
    file_key, file_size)
SELECT c.id, video, c.coach, CASE WHEN film % 8 = 0 THEN a.id END, 'Waiting for eyes', 60000, 80000, c.at, 1, 'ready', 'clips/' || c.id, 4000000
FROM c JOIN a ON a.coachee = owner AND a.n = film / 8 % 4;

CREATE TEMP TABLE met AS
SELECT pair.*, turn, first + turn * interval '90 days' AS met_at, turn < 7 AS done FROM span, pair, generate_series(0, 7) turn;
INSERT INTO meetings (id, pairing_id, kind, state, planned_at, started_at, ended_at, action_step_id, praise, script,
    notes, created_by_id, created_at)
SELECT made_id(met_at, 'meet' || met.id || turn), met.id, CASE turn % 4 WHEN 3 THEN 'drop_in' ELSE 'feedback' END,
    CASE WHEN done THEN 'done' ELSE 'preparing' END, met_at, CASE WHEN done THEN met_at END,
    CASE WHEN done THEN met_at + interval '15 minutes' END, a.id, 'Well done.', '', '', met.coach, met_at
FROM met JOIN a ON a.coachee = met.coachee AND a.n = turn / 2;
INSERT INTO rounds (id, action_step_id, kind, number, video_id, feedback, reflection, is_best, created_by_id, created_at)
SELECT made_id(v.at, 'round' || v.id), step, 'rehearsal', row_number() OVER (PARTITION BY step ORDER BY v.n), id,
    'Slower.', '', false, coach, at FROM v WHERE step IS NOT NULL AND n % 2 = 1;

INSERT INTO shares (id, video_id, person_id, created_at)
SELECT made_id(v.at, 'share' || v.id), v.id, other.id, v.at FROM v JOIN p other ON other.s = v.s
    AND other.k = 5 + (v.k - 4 + v.n / 10 % 30) % 35 WHERE v.n % 10 = 3 AND other.id <> v.owner;
INSERT INTO clip_shares (id, clip_id, person_id, created_at)
SELECT made_id(c.at, 'share' || c.id), c.id, other.id, c.at FROM c JOIN p other ON other.s = c.s
    AND other.k = 5 + (c.k - 4 + c.film / 20 % 30) % 35 WHERE c.film % 20 = 4 AND other.id <> c.owner;
INSERT INTO watches (id, video_id, person_id, started_at)
SELECT made_id(at + place * interval '1 day', 'w' || id || place), id, coach, at + place * interval '1 day'
FROM v, generate_series(1, 3) place WHERE n % 20 <> 7 ORDER BY n;
INSERT INTO own_watches (id, person_id, video_id, count, last_at)
SELECT made_id(at, 'own' || id), owner, id, 3, at FROM v WHERE n % 2 = 0;
INSERT INTO audit_entries (id, at, person_id, owner_id, action, subject_id, detail)
SELECT made_id(at, 'audit' || id || place), at, coach, owner, 'video.watched', id, ''
FROM v, generate_series(1, 4) place ORDER BY n;
INSERT INTO uploads (id, person_id, owner_id, video_id, state, "offset", length, reserved, upload_metadata, store_state,
    created_at, expires_at)
SELECT id, owner, owner, id, 'finished', 500000000, 500000000, 0, 'filename VklEXw==', '{}', at, at + interval '7 days'
FROM v ORDER BY n;
INSERT INTO jobs (id, kind, queue, priority, unique_key, subject_id, payload, state, attempt, fence, run_after_ms,
    nudged_at_ms, progress, created_at, started_at_ms, finished_at_ms)
SELECT made_id(at, id || kind), kind, queue, 100, kind || ':' || id, id, json_build_object('video', id),
    CASE WHEN n % 5000 = 9 AND kind = 'video.extras' THEN 'failed' ELSE 'done' END, 1, 1,
    ms, ms, 100, at, ms, ms + 60000
FROM (SELECT v.*, (extract(epoch FROM at) * 1000)::bigint AS ms FROM v) v, (VALUES ('video.ingest', 'interactive'),
    ('video.poster', 'interactive'), ('video.proxies', 'transcode'), ('video.extras', 'transcode'),
    ('upload.proof', 'bulk')) made (kind, queue) ORDER BY n;

-- Models that leads have published, on steps of their trust's library.
CREATE TEMP TABLE step AS
SELECT steps.id, o.o, row_number() OVER (PARTITION BY o.o ORDER BY steps.id) AS n, count(*) OVER (PARTITION BY o.o) AS of_o
FROM steps JOIN (SELECT made_id(first, 'o' || o) AS id, o FROM span, generate_series(1, 5) o) o
    ON o.id = steps.organisation_id;
INSERT INTO exemplars (id, step_id, video_id, title, owner_id, proposed_by_id, state, permitted_at, published_by_id,
    published_at, created_at)
SELECT made_id(v.at, 'model' || v.id), step.id, v.id, 'How it is done', v.owner, v.coach,
    CASE WHEN v.n % 80 = 2 THEN 'published' ELSE 'proposed' END, v.at,
    CASE WHEN v.n % 80 = 2 THEN v.coach END, CASE WHEN v.n % 80 = 2 THEN v.at END, v.at
FROM v JOIN s ON s.n = v.s JOIN step ON step.o = s.o AND step.n = 1 + v.n % step.of_o WHERE purpose = 'model';

-- What a day brings: the feed of changes is pruned after one.
INSERT INTO changes (topic, subject_id, video_id, person_id, created_at)
SELECT 'moment', id, video, author, now() FROM m ORDER BY id DESC LIMIT 5000;
