// title: What did $speaker say, and about what?
// about: >-
//   Statements are nodes of their own. Click one: its properties show what was said, in which act (say, deny,
//   threaten, …) and the sentence that reports it.

MATCH (x:Entity {name: $speaker})-[s:SAID]->(statement:Statement)
OPTIONAL MATCH (statement)-[a:ABOUT|ADDRESSED_TO]->(topic:Entity)
RETURN x, s, statement, a, topic
ORDER BY statement.firstSeen, statement.id, topic.id
LIMIT 300
