// title: Who speaks for whom?
// description: >-
//   Spokespeople and representatives, the body or place they stand for, and how many statements of
//   theirs the graph holds.
// columns:
//   person: string
//   role: string
//   speaksFor: string
//   status: string
//   support: integer
//   statements: integer
//   firstSeen: string
//   lastSeen: string

MATCH (p:Entity)-[r:SPOKESPERSON_FOR|REPRESENTS]->(body:Entity)
RETURN p.name AS person, type(r) AS role, body.name AS speaksFor, r.status AS status, r.support AS support,
       COUNT { (p)-[:SAID]->(:Statement) } AS statements, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY speaksFor, person, role, status, r.id
LIMIT 300
