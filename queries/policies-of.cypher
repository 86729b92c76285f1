// title: What did an issuer do to its policies over time?
// description: >-
//   The policies of a country or body, and each claim that someone imposed, raised, cut, suspended,
//   extended, reviewed or abolished one, planned and denied changes included. `effective` is the day the
//   change is for, where it is told.
// parameters:
//   issuer: {type: name, default: Australia}
// columns:
//   policy: string
//   policyKind: string
//   date: string
//   change: string
//   status: string
//   by: string
//   value: decimal
//   unit: string
//   effective: string
//   publisher: string

MATCH (i:Entity) WHERE i.name = $issuer OR $issuer IN i.aliases
MATCH (p:Policy)-[:ISSUED_BY]->(i)
WITH DISTINCT p
OPTIONAL MATCH (a:Entity)-[r:CHANGES_POLICY]->(p)
OPTIONAL MATCH (c:Claim)-[:STATED_IN]->(article:Article) WHERE c.relationId = r.id
RETURN p.name AS policy, p.policyKind AS policyKind, left(article.published, 10) AS date, c.change AS change,
       c.status AS status, a.name AS by, c.value AS value, c.unit AS unit, c.earliest AS effective,
       article.publisher AS publisher
ORDER BY policy, p.id, coalesce(date, '9999'), coalesce(c.id, '')
LIMIT 300
