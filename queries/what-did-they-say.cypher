// title: What did someone say?
// description: >-
//   Every statement of a person, group, body, company or country, in order of time.
// parameters:
//   speaker: {type: name, default: So Yun-chae}
// columns:
//   date: string
//   speaker: string
//   act: string
//   stance: string
//   statement: string
//   quoted: boolean
//   publisher: string
//   title: string

MATCH (who:Entity) WHERE who.name = $speaker OR $speaker IN who.aliases
MATCH (who)-[:SAID]->(s:Statement)-[:STATED_IN]->(article:Article)
RETURN left(article.published, 10) AS date, who.name AS speaker, s.act AS act, s.stance AS stance, s.text AS statement,
       s.quoted AS quoted, article.publisher AS publisher, article.name AS title
ORDER BY coalesce(date, '9999'), article.id, s.start, s.id, who.id
LIMIT 300
