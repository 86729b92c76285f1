// title: Who met, called or negotiated with whom?
// description: >-
//   Meetings, contacts and negotiations with their status: denied ones and planned ones are kept apart
//   from those that took place.
// columns:
//   one: string
//   relation: string
//   other: string
//   status: string
//   support: integer
//   independent: integer
//   firstSeen: string
//   lastSeen: string

MATCH (a:Entity)-[r:MEETS|CONTACTS|NEGOTIATES_WITH]->(b:Entity)
RETURN a.name AS one, type(r) AS relation, b.name AS other, r.status AS status,
       r.support AS support, r.independent AS independent, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY one, other, relation, coalesce(firstSeen, '9999'), status, r.id
LIMIT 300
