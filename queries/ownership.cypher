// title: Who owns or buys whom?
// description: >-
//   Every claim on owners, parents, buyers and investors, with the share (per cent) and the price where
//   the article tells them.
// columns:
//   owner: string
//   relation: string
//   owned: string
//   status: string
//   share: decimal
//   value: decimal
//   unit: string
//   date: string
//   publisher: string

MATCH (a:Entity)-[r:OWNS|ACQUIRES|SUBSIDIARY_OF|INVESTS_IN]->(b:Entity)
MATCH (c:Claim)-[:STATED_IN]->(article:Article) WHERE c.relationId = r.id
RETURN a.name AS owner, type(r) AS relation, b.name AS owned, r.status AS status, c.share AS share, c.value AS value,
       c.unit AS unit, left(article.published, 10) AS date, article.publisher AS publisher
ORDER BY owner, owned, relation, coalesce(date, '9999'), status, c.id
LIMIT 300
