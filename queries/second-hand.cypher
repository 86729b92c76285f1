// title: What is reported second-hand?
// description: >-
//   Statements that reached the article through other outlets. `step` counts the chain of outlets from
//   the speaker on, and `publisher` is the outlet we read.
// columns:
//   date: string
//   speaker: string
//   statement: string
//   step: integer
//   reportedBy: string
//   publisher: string
//   title: string

MATCH (s:Statement)-[r:REPORTED_BY]->(outlet:Entity)
MATCH (c:Claim) WHERE c.relationId = r.id
MATCH (s)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (who:Entity)-[:SAID]->(s)
RETURN left(article.published, 10) AS date, who.name AS speaker, s.text AS statement, c.order AS step,
       outlet.name AS reportedBy, article.publisher AS publisher, article.name AS title
ORDER BY coalesce(date, '9999'), article.id, s.start, s.id, who.id, coalesce(step, 0), c.id
LIMIT 300
