// title: Which offices changed hands?
// description: >-
//   Offices that someone left, or that more than one person is said to hold, with everyone named for
//   them in order of time.
// columns:
//   office: string
//   person: string
//   status: string
//   since: string
//   firstSeen: string
//   lastSeen: string
//   support: integer

MATCH (p:Entity)-[r:HOLDS_POSITION]->(o:Position)
WHERE EXISTS { (x:Entity)-[h:HOLDS_POSITION]->(o) WHERE h.status = 'ended' OR x.id <> p.id }
RETURN o.name AS office, p.name AS person, r.status AS status, r.officeStart AS since,
       r.firstSeen AS firstSeen, r.lastSeen AS lastSeen, r.support AS support
ORDER BY office, o.id, coalesce(firstSeen, '9999'), person, status, r.id
LIMIT 300
