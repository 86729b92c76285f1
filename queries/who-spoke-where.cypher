// title: Who spoke where?
// description: >-
//   Statements made at an event (a press conference, a summit, …), by event and speaker.
// columns:
//   event: string
//   eventKind: string
//   speaker: string
//   date: string
//   statement: string
//   publisher: string

MATCH (s:Statement)-[r:MADE_AT]->(event:Event)
MATCH (s)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH (who:Entity)-[:SAID]->(s)
RETURN event.name AS event, event.eventKind AS eventKind, who.name AS speaker, left(article.published, 10) AS date,
       s.text AS statement, article.publisher AS publisher
ORDER BY event, coalesce(date, '9999'), article.id, s.start, s.id, who.id, r.id
LIMIT 300
