// title: Who took, takes or will take part in an event?
// description: >-
//   Participants and hosts of an event, with the status: denied and planned participation is kept apart.
// parameters:
//   event: {type: name, default: Pacific Supply Forum}
// columns:
//   event: string
//   who: string
//   relation: string
//   status: string
//   support: integer
//   firstSeen: string
//   lastSeen: string

MATCH (e:Event) WHERE e.name = $event OR $event IN e.aliases
MATCH (a:Entity)-[r:PARTICIPATES_IN|HOSTS]->(e)
RETURN e.name AS event, a.name AS who, type(r) AS relation, r.status AS status, r.support AS support,
       r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY event, who, relation, coalesce(firstSeen, '9999'), status, r.id
LIMIT 300
