// title: Who is against whom?
// description: >-
//   Disputes, criticism, threats and sanctions between people, bodies, companies and countries.
// columns:
//   one: string
//   relation: string
//   other: string
//   status: string
//   support: integer
//   independent: integer
//   firstSeen: string
//   lastSeen: string

MATCH (a:Entity)-[r:IN_DISPUTE_WITH|CRITICISES|THREATENS|SANCTIONS]->(b:Entity)
RETURN a.name AS one, type(r) AS relation, b.name AS other, r.status AS status,
       r.support AS support, r.independent AS independent, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY one, other, relation, coalesce(firstSeen, '9999'), status, r.id
LIMIT 300
