// title: Who addressed whom?
// description: >-
//   Statements directed at someone: demands, warnings, threats, pledges, and what they said.
// columns:
//   date: string
//   speaker: string
//   addressedTo: string
//   act: string
//   statement: string
//   publisher: string

MATCH (s:Statement)-[r:ADDRESSED_TO]->(target:Entity)
MATCH (s)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (who:Entity)-[:SAID]->(s)
RETURN left(article.published, 10) AS date, who.name AS speaker, target.name AS addressedTo, s.act AS act,
       s.text AS statement, article.publisher AS publisher
ORDER BY coalesce(date, '9999'), article.id, s.start, s.id, who.id, addressedTo, r.id
LIMIT 300
