// title: Who owns or buys whom?
// description: >-
//   Owners, parents, buyers and investors, with the share (per cent) and the price where the article
//   tells them.
// columns:
//   owner: string
//   relation: string
//   owned: string
//   status: string
//   share: decimal
//   value: decimal
//   unit: string
//   support: integer
//   independent: integer
//   firstSeen: string
//   lastSeen: string

MATCH (a:Entity)-[r:OWNS|ACQUIRES|SUBSIDIARY_OF|INVESTS_IN]->(b:Entity)
RETURN a.name AS owner, type(r) AS relation, b.name AS owned, r.status AS status, r.share AS share, r.value AS value, r.unit AS unit,
       r.support AS support, r.independent AS independent, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY owner, owned, relation, coalesce(firstSeen, '9999'), status, r.id
LIMIT 300
