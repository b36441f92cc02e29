<?xml version="1.0" encoding="UTF-8"?>
<!-- What is packed into the plugin and is not its own, as the plugin manager of Jenkins shows it. -->
<l:dependencies xmlns:l="licenses">
<#list dependencyMap as entry>
<#assign library = entry.getKey()>
  <l:dependency name="${(library.name!library.artifactId)?xml}" groupId="${library.groupId?xml}" artifactId="${library.artifactId?xml}" version="${library.version?xml}"<#if library.url?has_content> url="${library.url?xml}"</#if>>
<#list library.licenses as licence>
    <l:license name="${(licence.name!"")?xml}"<#if licence.url?has_content> url="${licence.url?xml}"</#if>/>
</#list>
  </l:dependency>
</#list>
</l:dependencies>
