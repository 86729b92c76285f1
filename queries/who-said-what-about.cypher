// title: Who said what about a policy?
// description: >-
//   Statements about a policy by speaker, each in order of time: what was said, in what act (say, deny,
//   threaten, …) and with what stance.
// parameters:
//   policy: {type: name, default: Australia tariffs on South Korea}
// columns:
//   speaker: string
//   date: string
//   act: string
//   stance: string
//   statement: string
//   quoted: boolean
//   publisher: string
//   title: string

MATCH (policy:Policy) WHERE policy.name = $policy OR $policy IN policy.aliases
MATCH (s:Statement)-[:ABOUT]->(policy)
WITH DISTINCT s
MATCH (s)-[:STATED_IN]->(article:Article)
MATCH (who:Entity)-[:SAID]->(s)
RETURN who.name AS speaker, left(article.published, 10) AS date, s.act AS act, s.stance AS stance, s.text AS statement,
       s.quoted AS quoted, article.publisher AS publisher, article.name AS title
ORDER BY speaker, coalesce(date, '9999'), article.id, s.start, s.id, who.id
LIMIT 300
