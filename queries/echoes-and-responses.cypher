// title: Which statements echo or answer others?
// description: >-
//   Statements that say what another said before (ECHOES) or answer it (RESPONDS_TO), with whom or what
//   they refer to.
// columns:
//   date: string
//   speaker: string
//   relation: string
//   to: string
//   statement: string
//   publisher: string

MATCH (s:Statement)-[r:ECHOES|RESPONDS_TO]->(target:Entity)
MATCH (s)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (who:Entity)-[:SAID]->(s)
RETURN left(article.published, 10) AS date, who.name AS speaker, type(r) AS relation, target.name AS to,
       s.text AS statement, article.publisher AS publisher
ORDER BY coalesce(date, '9999'), article.id, s.start, s.id, who.id, relation, to, r.id
LIMIT 300
