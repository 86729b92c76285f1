// title: Which companies moved on which event?
// description: >-
//   Moves of shares, indexes and commodities: how far, and the cause as the article words it.
// columns:
//   name: string
//   ticker: string
//   direction: string
//   value: decimal
//   unit: string
//   bound: string
//   cause: string
//   earliest: string
//   status: string
//   firstSeen: string

MATCH (a:Entity)-[r:MOVED]->(e:Event)
RETURN a.name AS name, a.ticker AS ticker, e.direction AS direction, e.value AS value, e.unit AS unit,
       e.bound AS bound, e.cause AS cause, e.earliest AS earliest, r.status AS status, r.firstSeen AS firstSeen
ORDER BY coalesce(firstSeen, '9999'), name, r.id
LIMIT 300
