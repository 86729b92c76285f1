// title: What do most articles agree on?
// description: >-
//   Relations that at least so many independent articles state; near-copies and articles of one
//   publisher count once.
// parameters:
//   minimum: {type: integer, default: 2}
// columns:
//   subject: string
//   relation: string
//   object: string
//   status: string
//   independent: integer
//   support: integer
//   firstSeen: string
//   lastSeen: string

MATCH (a:Entity)-[r]->(b:Entity) WHERE r.independent >= $minimum
RETURN a.name AS subject, type(r) AS relation, b.name AS object, r.status AS status, r.independent AS independent,
       r.support AS support, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY independent DESC, support DESC, subject, relation, object, status, r.id
LIMIT 300
