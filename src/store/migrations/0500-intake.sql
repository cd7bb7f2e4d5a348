-- intake: probe photographs and the requests that ask to search with them.
create table probe (
  id text primary key,
  agency text not null,
  uploaded_by text not null,
  image_digest text not null check (image_digest ~ '^[0-9a-f]{64}$'),
  data_key text not null references data_key (id),
  blob text not null references sealed_blob (id),
  media_type text not null check (media_type in ('image/jpeg', 'image/png')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  exif_orientation smallint not null check (exif_orientation between 1 and 8),
  faces jsonb not null check (jsonb_array_length(faces) > 0),
  received_at timestamptz not null
);
select keep_to_own_agency('probe');
grant select, insert on probe to countenance_service;

-- The text of a request never changes; only its state moves.
create table request (
  id text primary key,
  agency text not null,
  requester text not null,
  requester_name text not null,
  created_at timestamptz not null,
  case_number text not null check (length(case_number) <= 40),
  case_salt text not null check (case_salt ~ '^[0-9a-f]{64}$'),
  crime_code text not null check (length(crime_code) <= 64),
  crime_statute text check (length(crime_statute) <= 80),
  purpose text not null check (purpose in ('investigate_crime', 'imminent_threat', 'person_unable')),
  predicate_level text not null
    check (predicate_level in ('reasonable_suspicion', 'probable_cause', 'emergency', 'court_order', 'none')),
  predicate_narrative text not null check (length(predicate_narrative) <= 4000),
  beneficiary_ori text not null check (length(beneficiary_ori) <= 20),
  probe text not null references probe (id),
  face_index integer not null check (face_index >= 0),
  probe_source text not null check (probe_source in
    ('cctv', 'body_camera', 'phone', 'social_media', 'document_photo', 'deceased', 'other')),
  acquisition_basis text not null check (acquisition_basis in
    ('consent', 'public_place_recording', 'warrant_or_order', 'business_record', 'agency_recording', 'other')),
  acquisition_from text not null check (length(acquisition_from) <= 300),
  acquisition_at timestamptz,
  depicts text not null check (depicts in
    ('person_sought', 'victim', 'witness', 'missing', 'deceased', 'unable', 'look_alike', 'artificial')),
  attested boolean not null,
  captured_at timestamptz,
  other_means_tried text check (length(other_means_tried) <= 2000),
  conflict_declared boolean not null,
  conflict_note text check (length(conflict_note) <= 1000),
  candidate_limit integer not null check (candidate_limit between 1 and 50),
  state text not null check (state in ('submitted', 'refused', 'permitted', 'searched', 'failed', 'in_examination',
    'in_verification', 'in_resolution', 'lead', 'closed'))
);
create index request_agency on request (agency, created_at desc, id desc);
create index request_requester on request (requester, created_at desc, id desc);
create index request_state on request (agency, state);
select keep_to_own_agency('request');
grant select, insert on request to countenance_service;
grant update (state) on request to countenance_service;
