// title: Who denies what others assert?
// description: >-
//   Each claim that something is not so, where the same relation is also stated as so, planned or
//   possible. `deniedBy` is empty where the article denies it in its own voice; `others` is the status
//   it has elsewhere.
// columns:
//   date: string
//   deniedBy: string
//   publisher: string
//   subject: string
//   relation: string
//   object: string
//   change: string
//   sentence: string
//   others: string
//   othersSupport: integer
//   othersFirstSeen: string

MATCH (a:Entity)-[d]->(b:Entity) WHERE d.status = 'denied'
MATCH (a)-[o]->(b)
WHERE type(o) = type(d) AND o.status <> 'denied' AND coalesce(o.change, '') = coalesce(d.change, '')
MATCH (c:Claim)-[:STATED_IN]->(article:Article) WHERE c.relationId = d.id
OPTIONAL MATCH (c)-[:ATTRIBUTED_TO]->(:Statement)<-[:SAID]-(who:Entity)
RETURN left(article.published, 10) AS date, who.name AS deniedBy, article.publisher AS publisher,
       a.name AS subject, type(d) AS relation, b.name AS object, d.change AS change, c.sentence AS sentence,
       o.status AS others, o.support AS othersSupport, o.firstSeen AS othersFirstSeen
ORDER BY coalesce(date, '9999'), subject, relation, object, c.id, others, o.id
LIMIT 300
