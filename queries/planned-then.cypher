// title: What was planned, and what came of it?
// description: >-
//   Planned relations, and every other status that the same relation has elsewhere; `became` is empty
//   where nothing more is told.
// columns:
//   subject: string
//   relation: string
//   object: string
//   change: string
//   plannedSince: string
//   became: string
//   becameSince: string

MATCH (a:Entity)-[p]->(b:Entity) WHERE p.status = 'planned'
OPTIONAL MATCH (a)-[t]->(b)
WHERE type(t) = type(p) AND t.status <> 'planned' AND coalesce(t.change, '') = coalesce(p.change, '')
RETURN a.name AS subject, type(p) AS relation, b.name AS object, p.change AS change, p.firstSeen AS plannedSince,
       t.status AS became, t.firstSeen AS becameSince
ORDER BY coalesce(plannedSince, '9999'), subject, relation, object, p.id, coalesce(became, ''), coalesce(t.id, '')
LIMIT 300
