// title: What did an issuer do to its policies over time?
// description: >-
//   The policies of a country or body, and who imposed, raised, cut, suspended, extended, reviewed or
//   abolished them, planned and denied changes included.
// parameters:
//   issuer: {type: name, default: Australia}
// columns:
//   policy: string
//   policyKind: string
//   change: string
//   status: string
//   by: string
//   value: decimal
//   unit: string
//   firstSeen: string
//   lastSeen: string

MATCH (i:Entity) WHERE i.name = $issuer OR $issuer IN i.aliases
MATCH (p:Policy)-[:ISSUED_BY]->(i)
WITH DISTINCT p
OPTIONAL MATCH (a:Entity)-[r:CHANGES_POLICY]->(p)
RETURN p.name AS policy, p.policyKind AS policyKind, r.change AS change, r.status AS status, a.name AS by,
       r.value AS value, r.unit AS unit, r.firstSeen AS firstSeen, r.lastSeen AS lastSeen
ORDER BY policy, p.id, coalesce(firstSeen, '9999'), coalesce(change, ''), coalesce(status, ''), coalesce(r.id, '')
LIMIT 300
