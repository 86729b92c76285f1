// title: What was said on a topic, in order of time?
// description: >-
//   Every statement about an entity (a country, policy, person, event, …) from the first to the last;
//   the speaker is empty where the article does not tell.
// parameters:
//   topic: {type: name, default: South Korea}
// columns:
//   date: string
//   speaker: string
//   act: string
//   stance: string
//   statement: string
//   quoted: boolean
//   publisher: string
//   title: string

MATCH (topic:Entity) WHERE topic.name = $topic OR $topic IN topic.aliases
MATCH (s:Statement)-[:ABOUT]->(topic)
WITH DISTINCT s
MATCH (s)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (who:Entity)-[:SAID]->(s)
RETURN left(article.published, 10) AS date, who.name AS speaker, s.act AS act, s.stance AS stance, s.text AS statement,
       s.quoted AS quoted, article.publisher AS publisher, article.name AS title
ORDER BY coalesce(date, '9999'), article.id, s.start, s.id, who.id
LIMIT 300
