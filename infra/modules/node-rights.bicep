// What the control app may do in the resource group: make and end the nodes' scale sets.

@description('The role\'s definition: resource id.')
param roleDefinitionId string

@description('Object id of the control app\'s identity.')
param controlPrincipalId string

// Serverless node maker (our own): scale sets and their machines, and joining the subnet.
resource makesNodes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, controlPrincipalId, 'node-maker')
  properties: {
    roleDefinitionId: roleDefinitionId // Serverless node maker
    principalId: controlPrincipalId
    principalType: 'ServicePrincipal'
  }
}
