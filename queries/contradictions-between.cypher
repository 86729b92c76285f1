// title: Where do reports on two countries contradict each other?
// description: >-
//   All claims on a relation between two countries (or people, bodies, companies) that some deny and
//   others do not, for and against, in order of time.
// parameters:
//   one: {type: name, default: Australia}
//   other: {type: name, default: South Korea}
// columns:
//   relation: string
//   subject: string
//   object: string
//   status: string
//   date: string
//   saidBy: string
//   publisher: string
//   sentence: string

MATCH (x:Entity) WHERE x.name = $one OR $one IN x.aliases
MATCH (y:Entity) WHERE y.name = $other OR $other IN y.aliases
MATCH (x)-[d]-(y) WHERE d.status = 'denied'
MATCH (x)-[o]-(y)
WHERE type(o) = type(d) AND startNode(o).id = startNode(d).id AND o.status <> 'denied'
UNWIND [d.id, o.id] AS relationId
WITH DISTINCT relationId
MATCH (c:Claim)-[:STATED_IN]->(article:Article) WHERE c.relationId = relationId
MATCH (c)-[:SUBJECT]->(a:Entity)
MATCH (c)-[:OBJECT]->(b:Entity)
OPTIONAL MATCH (c)-[:ATTRIBUTED_TO]->(:Statement)<-[:SAID]-(who:Entity)
RETURN c.predicate AS relation, a.name AS subject, b.name AS object, c.status AS status,
       left(article.published, 10) AS date, who.name AS saidBy, article.publisher AS publisher, c.sentence AS sentence
ORDER BY relation, coalesce(date, '9999'), article.id, c.id
LIMIT 300
