// title: Where are companies based, and whom do they supply?
// description: >-
//   Seats, suppliers, partners, rivals and exchanges of bodies and companies.
// columns:
//   one: string
//   relation: string
//   other: string
//   status: string
//   support: integer
//   independent: integer
//   firstSeen: string
//   lastSeen: string

MATCH (a:Entity)-[r:BASED_IN|SUPPLIES|PARTNERS_WITH|COMPETES_WITH|LISTED_ON]->(b:Entity)
RETURN a.name AS one, type(r) AS relation, b.name AS other, r.status AS status,
       r.support AS support, r.independent AS independent, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY one, other, relation, coalesce(firstSeen, '9999'), status, r.id
LIMIT 300
