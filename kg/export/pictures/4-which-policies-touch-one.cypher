// title: Which policies touch $target, and whose are they?
// about: >-
//   Tariffs, sanctions, laws and agreements aimed at one name or that affect it, who issued them, and what was done to
//   them.

MATCH (p:Policy)-[t:TARGETS|AFFECTS]->(x:Entity {name: $target})
OPTIONAL MATCH (p)-[i:ISSUED_BY]->(issuer:Entity)
OPTIONAL MATCH (who:Entity)-[c:CHANGES_POLICY]->(p)
RETURN p, t, x, i, issuer, c, who
ORDER BY t.independent DESC, t.support DESC, p.id
LIMIT 300
