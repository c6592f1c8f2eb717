// Logs, metrics and traces. Nobody sends or reads by key: local authentication is off.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique.')
param token string

@description('Most gigabytes of logs a day; more are dropped, so that a loop that floods its log costs no more than this.')
@minValue(1)
param dailyCapGb int

@description('Object ids of the apps that send telemetry.')
param senders array

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30 // what is included in the price of ingestion
    workspaceCapping: {
      dailyQuotaGb: dailyCapGb
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

// Monitoring Metrics Publisher: to send telemetry with the app's identity.
resource sends 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for sender in senders: {
  name: guid(insights.id, sender, '3913510d-42f4-4e42-8a64-420c390055eb')
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb') // Monitoring Metrics Publisher
    principalId: sender
    principalType: 'ServicePrincipal'
  }
}]

@description('Where telemetry is sent; it proves nothing by itself.')
output connectionString string = insights.properties.ConnectionString

@description('The workspace\'s resource id.')
output workspaceId string = workspace.id
