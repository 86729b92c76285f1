// title: Who holds which office?
// description: >-
//   People and their offices, with the body or place the office belongs to. `ended` is an office that
//   was left, `since` its start where the article tells it.
// columns:
//   person: string
//   office: string
//   body: string
//   status: string
//   since: string
//   support: integer
//   firstSeen: string
//   lastSeen: string

MATCH (p:Entity)-[r:HOLDS_POSITION]->(o:Position)
OPTIONAL MATCH (o)-[:POSITION_IN {status: 'asserted'}]->(b:Entity)
RETURN p.name AS person, o.name AS office, b.name AS body, r.status AS status, r.officeStart AS since,
       r.support AS support, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY office, person, status, r.id, coalesce(body, ''), coalesce(b.id, '')
LIMIT 300
