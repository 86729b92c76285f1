// title: What did sources without a name say?
// description: >-
//   Statements of groups ("two senior officials", "a spokesman"), the newest first. A group is local to
//   its article.
// columns:
//   date: string
//   source: string
//   act: string
//   stance: string
//   statement: string
//   quoted: boolean
//   publisher: string
//   title: string

MATCH (who:Group)-[:SAID]->(s:Statement)-[:STATED_IN]->(article:Article)
RETURN left(article.published, 10) AS date, who.name AS source, s.act AS act, s.stance AS stance, s.text AS statement,
       s.quoted AS quoted, article.publisher AS publisher, article.name AS title
ORDER BY coalesce(date, '') DESC, article.id, s.start, s.id, who.id
LIMIT 300
